/** Passwords and keys that do not print. */
@NullMarked
package dev.revox.secret;

import org.jspecify.annotations.NullMarked;
