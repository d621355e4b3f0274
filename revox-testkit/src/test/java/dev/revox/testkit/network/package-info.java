/** Tests of the bad network, and of what listens behind it. */
@NullMarked
package dev.revox.testkit.network;

import org.jspecify.annotations.NullMarked;
