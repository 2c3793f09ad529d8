-- What wrk is told by the environment, and what it tells back: one line of JSON.
local kind = os.getenv("BENCH_KIND")
local field = os.getenv("BENCH_FIELD")
local texts, at = {}, 0

if kind ~= "same" then
  for line in io.lines(os.getenv("BENCH_BODIES")) do texts[#texts + 1] = line end
end

if kind == "each" then
  request = function()
    at = at % #texts + 1
    return wrk.format(nil, nil, nil, texts[at])
  end
end

if kind == "chain" then
  local pattern = '"' .. field .. '":"([^"]+)"'
  request = function()
    local text = table.remove(texts, 1) or "none left"
    return wrk.format(nil, nil, nil, '{"' .. field .. '":"' .. text .. '"}')
  end
  response = function(_, _, body)
    local text = string.match(body, pattern)
    if text then texts[#texts + 1] = text end
  end
end

done = function(summary, latency)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"max":%f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, failed))
end
