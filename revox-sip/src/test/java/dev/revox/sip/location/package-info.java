@NullMarked
package dev.revox.sip.location;

import org.jspecify.annotations.NullMarked;
