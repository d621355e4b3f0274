@NullMarked
package dev.revox.sip.signaling.valve;

import org.jspecify.annotations.NullMarked;
