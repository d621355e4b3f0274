/**
 * What is asked before a number is dialled: do-not-call lists, consent, caps over all orders, silence after a refusal, and
 * whatever a host adds.
 *
 * <p>Doors: {@link dev.revox.guard.DialGuard} and the ports {@link dev.revox.guard.SuppressionList},
 * {@link dev.revox.guard.ConsentRegister} and {@link dev.revox.guard.NumberHistory}. Calling laws stand in
 * {@code dev.revox.guard.law}. <b>Thread:</b> guards and ports are asked from any thread and may block.
 */
@NullMarked
package dev.revox.guard;

import org.jspecify.annotations.NullMarked;
