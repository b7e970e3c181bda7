/**
 * What several rooms need of HTTP: IP addresses, problem details and the path of
 * controllers.
 */
@NullMarked
package io.pulsehook.web;

import org.jspecify.annotations.NullMarked;
