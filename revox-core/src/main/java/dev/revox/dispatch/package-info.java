/**
 * From an order that is due to its report: plan, wait for a slot, dial, settle or plan again, analyse, tell. Door: {@link
 * dev.revox.dispatch.Dispatcher}. All of its state is confined to one mailbox, the desk; calls themselves run elsewhere.
 */
@NullMarked
package dev.revox.dispatch;

import org.jspecify.annotations.NullMarked;
