package io.pulsehook.destination;

import java.time.Duration;

import io.pulsehook.dispatch.handler.Destination;

/**
 * Makes the destinations of one kind. Each kind has a bean of this type.
 */
public interface DestinationFactory {

	/**
	 * Tells whether this makes such a destination.
	 * @param settings the settings of a destination, of which exactly one kind is set
	 * @return whether {@link #create} can be called with them
	 */
	boolean supports(DestinationSettings settings);

	/**
	 * Makes a destination. This is called at the start, so that a setting which cannot be
	 * used ends it. The other system need not be there yet.
	 * @param name the destination's name, by which messages speak of it
	 * @param settings its settings; what they have in common for all kinds is checked
	 * @param timeout how long passing one event on may take. What takes longer has to end
	 * with the destination's own error; it is interrupted a little later
	 * @return the destination
	 * @throws IllegalArgumentException if the settings cannot be used. Its message is
	 * shown to the operator: it names the property within the destination, such as
	 * {@code secret}, says what to write instead, and quotes nothing secret
	 */
	Destination create(String name, DestinationSettings settings, Duration timeout);

}
