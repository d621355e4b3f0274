/** What came of a call. */
@NullMarked
package dev.revox.agent.analysis;

import org.jspecify.annotations.NullMarked;
