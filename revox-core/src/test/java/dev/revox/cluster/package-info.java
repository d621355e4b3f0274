@NullMarked
package dev.revox.cluster;

import org.jspecify.annotations.NullMarked;
