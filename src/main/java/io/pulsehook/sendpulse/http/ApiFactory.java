package io.pulsehook.sendpulse.http;

import java.net.URI;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.pulsehook.event.Channel;

/**
 * Makes the clients of an account, which share its limit of calls. They are not observed:
 * what they call names contacts.
 */
public final class ApiFactory {

	private final URI url;

	private final ClientHttpRequestFactory requests;

	private final CallLimiter limiter;

	private final CallLimit limit;

	/**
	 * Creates a factory.
	 * @param url the address of SendPulse's API
	 * @param requests makes the connections
	 * @param limiter lets each call wait
	 */
	public ApiFactory(URI url, ClientHttpRequestFactory requests, CallLimiter limiter) {
		this(url, requests, limiter, CallLimit.of(limiter));
	}

	private ApiFactory(URI url, ClientHttpRequestFactory requests, CallLimiter limiter, CallLimit limit) {
		this.url = url;
		this.requests = requests;
		this.limiter = limiter;
		this.limit = limit;
	}

	/**
	 * Returns a factory of clients for what nobody waits for. Their calls let those of
	 * handlers go first, take half of the limit at most, and wait as long as need be.
	 * @return the factory, whose clients share the limit with those of this one
	 */
	public ApiFactory inBackground() {
		return new ApiFactory(this.url, this.requests, this.limiter, CallLimit.inBackground(this.limiter));
	}

	/**
	 * Makes the client that logs in.
	 * @return the client
	 */
	public LoginApi login() {
		return create(client(""), LoginApi.class);
	}

	/**
	 * Makes the client of a channel.
	 * @param channel the channel
	 * @param tokens the tokens of the account
	 * @return the client
	 * @throws IllegalArgumentException if the channel is not known
	 */
	public ChannelApi channel(Channel channel, Tokens tokens) {
		return create(client(BasePath.of(channel), tokens), ChannelApi.class);
	}

	/**
	 * Makes the client of what all channels have together.
	 * @param tokens the tokens of the account
	 * @return the client
	 */
	public ChatbotsApi chatbots(Tokens tokens) {
		return create(client("/chatbots", tokens), ChatbotsApi.class);
	}

	// The limit comes last: a call that is made once more counts once more.
	private RestClient.Builder client(String path, Tokens tokens) {
		return client(path).requestInterceptors((all) -> all.add(0, new Authorization(tokens)));
	}

	// What an answer means is decided by who called, whatever its status.
	private RestClient.Builder client(String path) {
		return RestClient.builder()
			.requestFactory(this.requests)
			.baseUrl(this.url.toString().replaceFirst("/+$", "") + path)
			.requestInterceptor(this.limit)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			});
	}

	private static <T> T create(RestClient.Builder client, Class<T> api) {
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build())).build().createClient(api);
	}

}
