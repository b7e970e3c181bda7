/**
 * What the webhook's edge and the service both need of HTTP: IP addresses and problem
 * details.
 */
@NullMarked
package io.pulsehook.web;

import org.jspecify.annotations.NullMarked;
