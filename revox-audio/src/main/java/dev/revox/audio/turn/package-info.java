/**
 * Whether a turn sounds finished. Doors: {@link dev.revox.audio.turn.EndOfTurnModel} (the port) and {@link
 * dev.revox.audio.turn.SmartTurn} (smart-turn v3 on ONNX Runtime). Nothing here runs on a media loop.
 */
@NullMarked
package dev.revox.audio.turn;

import org.jspecify.annotations.NullMarked;
