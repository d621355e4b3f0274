/**
 * Recordings of calls: taken on the media loop, written elsewhere. Doors: {@link dev.revox.audio.record.RecordingWriter},
 * {@link dev.revox.audio.record.StereoRecorder}.
 */
@NullMarked
package dev.revox.audio.record;

import org.jspecify.annotations.NullMarked;
