/**
 * What a line does for its trunks without calls: stays registered, and asks whether they are there. Door: {@link
 * dev.revox.sip.registration.TrunkKeeper}.
 */
@NullMarked
package dev.revox.sip.registration;

import org.jspecify.annotations.NullMarked;
