/** When a person may be called: windows, retry policy, and the planner, a pure function. */
@NullMarked
package dev.revox.schedule;

import org.jspecify.annotations.NullMarked;
