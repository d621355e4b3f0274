@NullMarked
package dev.revox.sip.trunk;

import org.jspecify.annotations.NullMarked;
