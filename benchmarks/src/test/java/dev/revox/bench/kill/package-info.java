@NullMarked
package dev.revox.bench.kill;

import org.jspecify.annotations.NullMarked;
