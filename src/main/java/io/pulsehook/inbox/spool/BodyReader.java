package io.pulsehook.inbox.spool;

import java.util.List;

import io.pulsehook.inbox.model.NewEvent;

/**
 * Turns a body that was kept into events, as if it were received now.
 */
@FunctionalInterface
public interface BodyReader {

	/**
	 * Reads the events of a body.
	 * @param source the name of the source that received it
	 * @param body the bytes of the body; what is no JSON is one event that was not
	 * recognised
	 * @return the events in their order, which may be none
	 */
	List<NewEvent> read(String source, byte[] body);

}
