/** What came of a call, drawn from its transcript. Door: {@link dev.revox.agent.analysis.TranscriptAnalyzer}. */
@NullMarked
package dev.revox.agent.analysis;

import org.jspecify.annotations.NullMarked;
