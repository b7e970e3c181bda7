package io.pulsehook.app.limits;

import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * The HTTP protocol of a server that strangers can reach. It closes waiting connections
 * when new ones need room, and no thread waits for the rest of a request that has been
 * answered. The container creates it by its class name.
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
	 * Closes a connection. Whatever is being done on it then fails.
	 * @param id the id of the connection
	 */
	void cut(String id) {
		this.connections.cut(id);
	}

}
