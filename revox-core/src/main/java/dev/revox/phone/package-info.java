/** Telephone numbers and what is known from them; the only room with libphonenumber. */
@NullMarked
package dev.revox.phone;

import org.jspecify.annotations.NullMarked;
