/**
 * Why a call was not answered: one total function from what the line said to {@code dial_error}. Door: {@link
 * dev.revox.sip.failure.DialVerdict}.
 */
@NullMarked
package dev.revox.sip.failure;

import org.jspecify.annotations.NullMarked;
