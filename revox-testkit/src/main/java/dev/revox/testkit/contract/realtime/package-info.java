/** What every model that hears and speaks itself keeps to. Door: {@link dev.revox.testkit.contract.realtime.RealtimeModelContract}. */
@NullMarked
package dev.revox.testkit.contract.realtime;

import org.jspecify.annotations.NullMarked;
