/** An engine on loopback with local providers, as a host would build it. */
@NullMarked
package dev.revox.acceptance.world;

import org.jspecify.annotations.NullMarked;
