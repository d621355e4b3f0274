@NullMarked
package dev.revox.sip.registration;

import org.jspecify.annotations.NullMarked;
