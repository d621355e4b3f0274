/**
 * How well a stream was heard, as RFC 3611 counts it. Doors: {@link dev.revox.audio.quality.LossPattern}, which the media loop
 * feeds, and {@link dev.revox.audio.quality.EarQuality}, which anyone may ask. Knows no packets, only their fates in order.
 */
@NullMarked
package dev.revox.audio.quality;

import org.jspecify.annotations.NullMarked;
