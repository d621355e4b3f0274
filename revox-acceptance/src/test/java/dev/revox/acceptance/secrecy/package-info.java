/** Nothing confidential leaves the engine by its logs, its exceptions or its {@code toString}s. */
@NullMarked
package dev.revox.acceptance.secrecy;

import org.jspecify.annotations.NullMarked;
