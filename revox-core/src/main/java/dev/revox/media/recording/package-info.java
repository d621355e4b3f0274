/**
 * What a recording of a call is to be like. Door: {@link dev.revox.media.recording.RecordingSettings}. Values only; lines write the
 * files.
 */
@NullMarked
package dev.revox.media.recording;

import org.jspecify.annotations.NullMarked;
