package io.pulsehook.app.limits;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Closes the connection if a request is answered before its body has been read, and
 * leaves the rest unread. The container would otherwise read the rest on a blocked thread
 * for as long as a byte comes now and then, even of a request that it answers by itself.
 */
final class UnreadBodies implements Adapter {

	private final Adapter delegate;

	UnreadBodies(Adapter delegate) {
		this.delegate = delegate;
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		this.delegate.service(request, response);
		if (!is(request, ActionCode.ASYNC_IS_ASYNC) && !is(request, ActionCode.REQUEST_BODY_FULLY_READ)) {
			request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

	private static boolean is(Request request, ActionCode question) {
		AtomicBoolean answer = new AtomicBoolean();
		request.action(question, answer);
		return answer.get();
	}

	@Override
	public boolean prepare(Request request, Response response) throws Exception {
		return this.delegate.prepare(request, response);
	}

	@Override
	public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
		return this.delegate.asyncDispatch(request, response, status);
	}

	@Override
	public void log(Request request, Response response, long time) {
		this.delegate.log(request, response, time);
	}

	@Override
	public void checkRecycled(Request request, Response response) {
		this.delegate.checkRecycled(request, response);
	}

	@Override
	public String getDomain() {
		return this.delegate.getDomain();
	}

}
