package io.pulsehook.console.overview;

import java.util.List;

/**
 * The payments of one status.
 *
 * @param status the name of the status
 * @param tone {@code good}, {@code bad} or {@code neutral}
 * @param orders how many orders have it
 * @param sums what they cost, by currency
 */
record PaymentLine(String status, String tone, long orders, List<String> sums) {

}
