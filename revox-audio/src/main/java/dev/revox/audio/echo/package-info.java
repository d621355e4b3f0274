/**
 * The echo of our own voice: what a telephone or a network sends back of the sound that we sent is told from what somebody says.
 * Door: {@link dev.revox.audio.echo.EchoSuppressor}, one for each leg, confined to the media loop.
 */
@NullMarked
package dev.revox.audio.echo;

import org.jspecify.annotations.NullMarked;
