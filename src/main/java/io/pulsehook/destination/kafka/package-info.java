/**
 * Writes events to topics of Kafka. Needs spring-boot-starter-kafka, which is optional.
 */
@NullMarked
package io.pulsehook.destination.kafka;

import org.jspecify.annotations.NullMarked;
