import type { View } from '../platform/processors/processor.js';
import { partnerList } from './partner-list.view.js';

export const partnersViews: View[] = [partnerList];
