/** Tests of {@code dev.revox.sip.signaling.transaction}. */
@org.jspecify.annotations.NullMarked
package dev.revox.sip.signaling.transaction;
