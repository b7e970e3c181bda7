package io.pulsehook.inbox.model;

import java.util.List;

/**
 * Deliveries that may run now.
 *
 * @param deliveries the first of them, in the order in which they became due
 * @param more whether there may be more of them
 */
public record Due(List<DueDelivery> deliveries, boolean more) {

}
