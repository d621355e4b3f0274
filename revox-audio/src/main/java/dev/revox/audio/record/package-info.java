/**
 * Recordings of calls: taken on the media loop, written elsewhere, plain or sealed, and opened again. Doors: {@link
 * dev.revox.audio.record.RecordingWriter}, {@link dev.revox.audio.record.StereoRecorder}, {@link
 * dev.revox.audio.record.SealedRecording}.
 */
@NullMarked
package dev.revox.audio.record;

import org.jspecify.annotations.NullMarked;
