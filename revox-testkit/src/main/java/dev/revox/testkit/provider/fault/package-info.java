/** Ways for a local provider to fail, and the plan of which request fails how. Door: {@link dev.revox.testkit.provider.fault.Fault}. */
@NullMarked
package dev.revox.testkit.provider.fault;

import org.jspecify.annotations.NullMarked;
