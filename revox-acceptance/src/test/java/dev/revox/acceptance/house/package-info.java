/** The rules of the house, as tests: arrows between modules, rooms, quarantines, clocks, sizes. */
@NullMarked
package dev.revox.acceptance.house;

import org.jspecify.annotations.NullMarked;
