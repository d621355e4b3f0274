/** What local servers tell about their requests. */
@NullMarked
package dev.revox.testkit.server;

import org.jspecify.annotations.NullMarked;
