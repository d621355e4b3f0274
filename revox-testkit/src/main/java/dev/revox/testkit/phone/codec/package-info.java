/** What the test telephone codes its sound with. Door: {@link dev.revox.testkit.phone.codec.LineCodec}. */
@NullMarked
package dev.revox.testkit.phone.codec;

import org.jspecify.annotations.NullMarked;
