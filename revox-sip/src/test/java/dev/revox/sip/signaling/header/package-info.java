@NullMarked
package dev.revox.sip.signaling.header;

import org.jspecify.annotations.NullMarked;
