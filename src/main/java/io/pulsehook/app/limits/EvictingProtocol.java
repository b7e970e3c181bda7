package io.pulsehook.app.limits;

import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP for a server that strangers reach. Its connections make room for each other, and
 * nobody waits for the rest of a request that has been answered. The container makes it
 * by its name.
 */
public final class EvictingProtocol extends Http11NioProtocol {

	private final EvictingEndpoint connections;

	/**
	 * Creates the protocol.
	 */
	public EvictingProtocol() {
		this(new EvictingEndpoint());
	}

	private EvictingProtocol(EvictingEndpoint connections) {
		super(connections);
		this.connections = connections;
	}

	@Override
	public void setAdapter(Adapter adapter) {
		super.setAdapter(new UnreadBodies(adapter));
	}

	/**
	 * Closes a connection whatever is being done on it, which then fails.
	 * @param id the id of the connection
	 */
	void cut(String id) {
		this.connections.cut(id);
	}

}
