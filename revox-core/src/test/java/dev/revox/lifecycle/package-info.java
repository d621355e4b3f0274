@NullMarked
package dev.revox.lifecycle;

import org.jspecify.annotations.NullMarked;
