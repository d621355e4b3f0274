/** What the library is made of, and that nothing else slips in. */
@NullMarked
package dev.revox.acceptance.supply;

import org.jspecify.annotations.NullMarked;
