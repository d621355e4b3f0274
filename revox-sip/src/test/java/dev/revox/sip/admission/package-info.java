@NullMarked
package dev.revox.sip.admission;

import org.jspecify.annotations.NullMarked;
