/** Small stand-ins for the ports of this module, driven by virtual time. */
@NullMarked
package dev.revox.fake;

import org.jspecify.annotations.NullMarked;
