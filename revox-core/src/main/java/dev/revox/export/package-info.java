/** Calls as lines of JSON. Door: {@link dev.revox.export.OrderExport}. */
@NullMarked
package dev.revox.export;

import org.jspecify.annotations.NullMarked;
