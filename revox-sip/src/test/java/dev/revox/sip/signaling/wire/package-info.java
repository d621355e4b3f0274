@NullMarked
package dev.revox.sip.signaling.wire;

import org.jspecify.annotations.NullMarked;
