/** JSON as the page's readers and writers see it: members asked for by name and type, and what is wrong with them. */
@NullMarked
package dev.revox.wire.json;

import org.jspecify.annotations.NullMarked;
