@NullMarked
package dev.revox.store.memory;

import org.jspecify.annotations.NullMarked;
