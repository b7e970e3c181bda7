-- Posts incoming messages of 1 KB, each another one, from some ten thousand people.
-- Arguments: a name for this run, and how long each connection thinks on average between
-- an answer and its next post, in milliseconds (0: not at all).

local ffi = require("ffi")
ffi.cdef("struct bench_time { long seconds; long micros; }; int gettimeofday(struct bench_time *now, void *zone);")
local now = ffi.new("struct bench_time")

local threads = 0

function setup(thread)
	threads = threads + 1
	thread:set("number", threads)
end

function init(arguments)
	run = arguments[1]
	count = 0
	local think = tonumber(arguments[2])
	if think > 0 then
		delay = function()
			return math.floor(-math.log(1 - math.random()) * think + 0.5)
		end
	end
	math.randomseed(number * 7919 + os.time())
	text = string.rep("When does the next course begin, and is there a place left? ", 9):sub(1, 520)
end

local body = '[{"service":"telegram","title":"incoming_message","bot":{"id":"5f3b7a1c9d2e4f0012345678",'
	.. '"name":"School","external_id":"1234567890","channel":"telegram"},"contact":{"id":"%s","name":"Ann",'
	.. '"username":"ann","last_message":"When does it begin?","variables":{"city":"Riga"},"tags":["course"]},'
	.. '"info":{"message":{"id":"%s","channel_data":{"message_id":%d,"sent":%.0f,"message":{"text":"%s"}}}},'
	.. '"date":%d}]'

function request()
	count = count + 1
	local contact = string.format("5f3b7a1c9d2e4f00%08d", math.random(10000))
	local id = run .. "-" .. number .. "-" .. count
	ffi.C.gettimeofday(now, nil)
	local seconds = tonumber(now.seconds)
	local micros = seconds * 1000000 + tonumber(now.micros)
	return wrk.format("POST", nil, { ["Content-Type"] = "application/json" },
		string.format(body, contact, id, count, micros, text, seconds))
end

function done(summary, latency, requests)
	local errors = summary.errors
	print(string.format("result %d %d %d %d %d", summary.requests, summary.duration,
		errors.connect + errors.read + errors.write + errors.status + errors.timeout,
		latency:percentile(50), latency:percentile(99)))
end
