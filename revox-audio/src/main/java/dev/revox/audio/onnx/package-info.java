/**
 * Neural networks: where their files come from and how they run. Doors: {@link dev.revox.audio.onnx.ModelStore}, {@link
 * dev.revox.audio.onnx.OnnxModel}, {@link dev.revox.audio.onnx.OnnxRun}; the only room that knows ONNX Runtime.
 */
@NullMarked
package dev.revox.audio.onnx;

import org.jspecify.annotations.NullMarked;
