/**
 * Fills {@code {{name}}} placeholders, once, in the way that the place asks for: plain text, JSON, a URL, a header.
 *
 * <p>Doors: {@link dev.revox.template.Template}, {@link dev.revox.template.JsonTemplate}, {@link
 * dev.revox.template.UrlTemplate}. A filled-in value is never looked at for placeholders again, and no value can change the
 * structure of what surrounds it. <b>Thread:</b> everything here is immutable.
 */
@NullMarked
package dev.revox.template;

import org.jspecify.annotations.NullMarked;
